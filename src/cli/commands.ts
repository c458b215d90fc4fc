import type { Command } from './command.js';

/** Commands by name. Each is loaded when it is called, for what it draws in is large. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  simulate: async () => (await import('./commands/simulate.js')).simulateCommand,
  scenario: async () => (await import('./commands/scenario.js')).scenarioCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  worklist: async () => (await import('./commands/worklist.js')).worklistCommand,
  stuck: async () => (await import('./commands/stuck.js')).stuckCommand,
  unknown: async () => (await import('./commands/unknown.js')).unknownCommand,
  resolve: async () => (await import('./commands/resolve.js')).resolveCommand,
  reconcile: async () => (await import('./commands/reconcile.js')).reconcileCommand,
  retry: async () => (await import('./commands/retry.js')).retryCommand,
  pause: async () => (await import('./commands/pause.js')).pauseCommand,
  resume: async () => (await import('./commands/pause.js')).resumeCommand,
  calendar: async () => (await import('./commands/calendar.js')).calendarCommand,
  preview: async () => (await import('./commands/preview.js')).previewCommand,
  schema: async () => (await import('./commands/schema.js')).schemaCommand,
  convert: async () => (await import('./commands/convert.js')).convertCommand,
  lint: async () => (await import('./commands/lint.js')).lintCommand,
  diff: async () => (await import('./commands/diff.js')).diffCommand,
  audit: async () => (await import('./commands/audit.js')).auditCommand,
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand,
};

/** One line for each command, in the order of the help. */
export const summaries: readonly (readonly [string, string])[] = [
  ['demo', 'three months of a made-up ledger, told day by day, in under a minute'],
  ['simulate', 'what a policy would have sent over a ledger in a CSV file'],
  ['scenario', 'performs files of given / when / then and says what is not as expected'],
  ['explain', 'why an account gets a message, or why not'],
  ['worklist', 'which accounts people are to work on, and why'],
  ['stuck', 'what does not move by itself, and since when'],
  ['unknown', 'messages of which nobody knows whether they went out'],
  ['resolve', 'says of such a message whether it was sent'],
  ['reconcile', 'asks the providers about them'],
  ['retry', 'what did not go out; has it planned anew'],
  ['pause', 'lets no message out until it is resumed; says what is paused'],
  ['resume', 'lets messages out again'],
  ['calendar', 'planned contacts per day, of an account or of all'],
  ['preview', 'draws policies as timelines, with example messages'],
  ['lint', 'what is wrong or odd about plans, policies and messages'],
  ['diff', 'what is other in a file of documents than in another, in sentences'],
  ['schema', 'JSON Schemas of the documents, for editors and forms'],
  ['convert', 'documents from YAML to JSON, or back'],
  ['audit', 'checks a proof file of the log, or writes one'],
  ['migrate', 'creates or updates recobro’s tables'],
];
