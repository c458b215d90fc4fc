/**
 * Looking at dunning: ledgers out of CSV files, simulations of policies over
 * them, totals and stories of runs, policies drawn as timelines and previewed
 * with all their messages, and reports
 * as single HTML files. Pure: no network, no clock, no files.
 */
export {
  type CsvLedger,
  type DateFormat,
  type DetectedLedger,
  type LedgerField,
  type LedgerMapping,
  type LedgerMappingFile,
  type LedgerNote,
  type LedgerProblem,
  type LedgerReading,
  parseLedgerMapping,
  type ReadLedgerOptions,
  readLedger,
  readLedgerMappingFile,
} from './ledger-csv/index.js';
export { type PreviewOptions, previewPage } from './preview/index.js';
export { htmlReport, type ReportOptions } from './report/index.js';
export {
  type AccountLog,
  type AccountRun,
  type AgingCurve,
  type AgingPoint,
  type CalendarDay,
  type ChannelTotals,
  type LedgerCounts,
  type LogEntry,
  logOf,
  type MoneyTotals,
  type MonthTotals,
  type ReasonCount,
  type ReportInput,
  type RunLogs,
  type RunTotals,
  type SkipCount,
  type StageTotals,
  type StoryKind,
  type StoryLine,
  summarise,
} from './run/index.js';
export {
  type SimulateInput,
  type SimulationProgress,
  type SimulationResult,
  simulate,
} from './simulate/index.js';
export {
  type Layout,
  policyText,
  policyTimeline,
  type Theme,
  type TimelineOptions,
} from './timeline/index.js';
