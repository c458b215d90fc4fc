import type { LintRule } from '../lint/index.js';
import type { Remark } from './lint-remarks.js';
import { plural } from './text.js';

/** Findings for people, and as annotations of a pull request. */

/** `plans/acme.yaml:12 warning policies[0].via: … (single-channel)`, and below it what to do. */
export function remarkText({ file, line, severity, id, path, message, fix }: Remark): string {
  const place = `${file}${line === undefined ? '' : `:${line}`}`;
  const advice = fix === '' ? '' : `\n    ${fix}`;
  return `${place} ${severity} ${path === '' ? '' : `${path}: `}${message} (${id})${advice}`;
}

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** A workflow command of GitHub Actions, which shows the finding beside its line. */
export function annotation({ file, line, region, severity, id, path, message, fix }: Remark): string {
  const place = {
    file,
    line,
    endLine: region?.endLine,
    // Columns are shown only where a finding lies on one line.
    col: region?.startLine === region?.endLine ? region?.startColumn : undefined,
    endColumn: region?.startLine === region?.endLine ? region?.endColumn : undefined,
    title: `recobro ${id}`,
  };
  const properties = Object.entries(place)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escaped(String(value), true)}`]))
    .join(',');
  const text = `${path === '' ? '' : `${path}: `}${message}${fix === '' ? '' : `\n${fix}`}`;
  return `::${commands[severity]} ${properties}::${escaped(text, false)}`;
}

// As @actions/core writes them.
function escaped(text: string, property: boolean): string {
  const data = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return property ? data.replaceAll(':', '%3A').replaceAll(',', '%2C') : data;
}

/** `2 files: 1 error, 3 warnings, 0 worth knowing` */
export function sumText(files: number, remarks: readonly Remark[]): string {
  const count = (severity: Remark['severity']): number =>
    remarks.filter((one) => one.severity === severity).length;
  const sums = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    `${count('info')} worth knowing`,
  ];
  return `${plural(files, 'file')}: ${remarks.length === 0 ? 'nothing found' : sums.join(', ')}`;
}

/** A rule with why it matters and what to do. */
export function ruleText({ id, severity, description, explanation, fix }: LintRule): string {
  return `${id} (${severity})\n    ${description}\n    ${explanation}\n    → ${fix}`;
}
