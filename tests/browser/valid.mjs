// What html-validate finds in the built pages; `standard` is what the HTML standard itself demands.
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  // askama writes both forms of void elements, and blank lines as they come.
  rules: { 'no-trailing-whitespace': 'off', 'void-style': 'off', 'long-title': 'off' },
});

/// Faults of a file, one line each.
export async function faults(path) {
  const report = await validator.validateString(readFileSync(path, 'utf8'), path);
  return report.results.flatMap((result) => result.messages.map((m) => `${path}:${m.line}:${m.column} ${m.ruleId} ${m.message}`));
}
