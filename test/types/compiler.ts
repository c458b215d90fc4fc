import { join, resolve } from 'node:path';
import { API, type Diagnostic } from 'typescript/unstable/sync';

/** Asks the compiler about files that need not exist: what it complains about, and what an editor would offer. */

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'test/types');
const config = join(folder, 'tsconfig.virtual.json');

/** A complaint of the compiler. */
export interface Complaint {
  /** From 1. */
  readonly line: number;
  /** All of the message, one line after the other. */
  readonly text: string;
}

export interface Compiled {
  complaints(file: string): readonly Complaint[];
  /** What is offered at a place of a file. */
  offers(file: string, position: number): readonly string[];
}

/** Hands texts by file name, as if they stood in this folder, to the compiler while `ask` runs. */
export function compiling<T>(texts: Readonly<Record<string, string>>, ask: (compiled: Compiled) => T): T {
  const files = new Map(Object.entries(texts).map(([name, text]) => [join(folder, name), text]));
  files.set(
    config,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: { noEmit: true, emitDeclarationOnly: false, declaration: false, rootDir: '../..' },
      files: Object.keys(texts),
    }),
  );
  const api = new API({
    cwd: root,
    fs: {
      readFile: (name) => files.get(name),
      fileExists: (name) => (files.has(name) ? true : undefined),
    },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (project === undefined) throw new Error('the compiler opened no project');
    return ask({
      complaints: (name) => {
        const text = texts[name] ?? '';
        return project.program
          .getSemanticDiagnostics(join(folder, name))
          .map((one) => ({ line: text.slice(0, one.pos).split('\n').length, text: textOf(one) }));
      },
      offers: (name, position) =>
        project.checker
          .getCompletionsAtPosition(join(folder, name), position)
          ?.entries.map((one) => one.name) ?? [],
    });
  } finally {
    api.close();
  }
}

/** The message with everything that explains it; quotes as they are written, not as types show them. */
function textOf({ text, messageChain = [] }: Diagnostic): string {
  return [text.replaceAll('\\"', '"'), ...messageChain.map(textOf)].join('\n');
}
