//! The page that documents the API: made from its description, so that it cannot be wrong.

use axum::response::Html;
use serde_json::Value;

use super::api::description;
use crate::view::picture::escape;

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

/// The page.
pub(super) async fn reference() -> Html<String> {
    let api = serde_json::to_value(description()).unwrap_or_default();
    let info = api.get("info").cloned().unwrap_or_default();
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>API</title><link rel=\"stylesheet\" href=\"../assets/style.css\"></head><body><main class=\"wrap\" id=\"main\">\n",
    );
    out.push_str(&format!(
        "<h1>The API of {}</h1>\n<p>{}</p>\n",
        escape(text(&info, "title")),
        escape(text(&info, "description"))
    ));
    out.push_str("<p>Described for programs in <a href=\"v1/openapi.json\">OpenAPI</a>. Answers carry an <code>ETag</code>; give it back as <code>If-None-Match</code>. Any origin may read. The query language is told on the <a href=\"../search/\">search page</a>.</p>\n");
    let paths = api.get("paths").and_then(Value::as_object).cloned().unwrap_or_default();
    for (path, item) in &paths {
        let Some(get) = item.get("get") else { continue };
        out.push_str(&format!(
            "<h2><code>GET {}</code></h2>\n<p>{}</p>\n<p>{}</p>\n",
            escape(path),
            escape(text(get, "summary")),
            escape(text(get, "description"))
        ));
        let list = |key: &str| get.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let parameters = list("parameters");
        if !parameters.is_empty() {
            out.push_str("<table><thead><tr><th scope=\"col\">Word</th><th scope=\"col\">Is</th></tr></thead><tbody>\n");
            for parameter in &parameters {
                out.push_str(&format!(
                    "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td></tr>\n",
                    escape(text(parameter, "name")),
                    escape(text(parameter, "description"))
                ));
            }
            out.push_str("</tbody></table>\n");
        }
        let responses =
            get.get("responses").and_then(Value::as_object).cloned().unwrap_or_default();
        out.push_str("<ul>\n");
        for (status, response) in &responses {
            out.push_str(&format!(
                "<li><code>{}</code> {}</li>\n",
                escape(status),
                escape(text(response, "description"))
            ));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</main></body></html>\n");
    Html(out)
}
