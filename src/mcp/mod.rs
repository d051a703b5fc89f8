//! The record as tools for an assistant: the Model Context Protocol over standard input and output.
//!
//! In: an index and a way to explain ids. Out: answers as JSON, each with its evidence and address.
//! What holds: everything is read only; an assistant gets what a person gets, no less and no more.
//! Not here: what is found (`search/`).

mod tools;

use std::path::PathBuf;
use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};

use tools::{Answer, TOOLS};

/// Why the tools could not be offered.
#[derive(Debug, thiserror::Error)]
pub enum McpError {
    /// The assistant hung up, or never spoke the protocol.
    #[error("the assistant at the other end does not speak the Model Context Protocol ({0})")]
    Talk(String),
    /// The program itself failed.
    #[error("the tools stopped ({0})")]
    Stopped(#[from] std::io::Error),
}

/// Walks from an id to its capture: JSON, or what is the matter.
pub type Explain = Box<dyn Fn(&str) -> Result<Option<String>, String> + Send + Sync>;

struct Desk {
    home: PathBuf,
    explain: Explain,
}

#[derive(Clone)]
struct Server {
    desk: Arc<Desk>,
    version: String,
}

/// Offers the tools until the assistant hangs up.
///
/// # Errors
/// An assistant that speaks something else.
pub fn offer(home: PathBuf, version: &str, explain: Explain) -> Result<(), McpError> {
    let server = Server { desk: Arc::new(Desk { home, explain }), version: version.to_string() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let talk = |error: &dyn std::fmt::Display| McpError::Talk(error.to_string());
        let running = server.serve(rmcp::transport::stdio()).await.map_err(|error| talk(&error))?;
        running.waiting().await.map_err(|error| talk(&error))?;
        Ok(())
    })
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let about = "A record of disputes with AI vendors: who said what about whom, when, and says \
                     who. Cite the quotation, outlet and address that come with each answer. An \
                     allegation is what somebody says, not what is so; “proposed” marks what a \
                     program put together and no person has confirmed.";
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("casebook", self.version.clone()))
            .with_instructions(about)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(tools::Tool::described).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = TOOLS.iter().find(|tool| tool.name == request.name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let message =
                format!("there is no tool “{}”; tools are {}", request.name, names.join(", "));
            return Err(ErrorData::invalid_params(message, None));
        };
        let desk = self.desk.clone();
        let words = request.arguments.unwrap_or_default();
        let done = tokio::task::spawn_blocking(move || (tool.run)(&desk, &words)).await;
        let result = match done {
            Ok(Answer::Found(value)) => CallToolResult::structured(value),
            Ok(Answer::Told(text)) => CallToolResult::error(vec![ContentBlock::text(text)]),
            Err(_) => CallToolResult::error(vec![ContentBlock::text("the tool failed")]),
        };
        Ok(result.into())
    }
}
