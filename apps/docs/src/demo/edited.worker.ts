import { expose } from 'comlink';
import { transform } from 'sucrase';
import * as chainrule from 'chainrule';
import type { Program, Questions } from './program.ts';
import { DemoService } from './serveDemo.ts';

// The worker of programs that the reader edited. It holds all of `chainrule`, as an edit may import anything.

const questions = import.meta.glob<{ readonly questions: Questions }>('../demos/*/inspect.ts');

/** What the worker of an edited program offers. */
export class EditedDemo extends DemoService {
  #program: Program | undefined;
  readonly #answers: Record<string, Questions[string]>;

  constructor() {
    const answers: Record<string, Questions[string]> = {};
    super(() => this.#program!, answers);
    this.#answers = answers;
  }

  /** Takes the text of a program; `demo` names the one whose pictures ask. */
  async edit(demo: string, source: string): Promise<void> {
    this.#program = evaluate(source);
    const load = questions[`../demos/${demo}/inspect.ts`];
    if (load) Object.assign(this.#answers, (await load()).questions);
  }
}

/** Runs a module that imports from `chainrule`. */
function evaluate(source: string): Program {
  const { code } = transform(source, { transforms: ['typescript', 'imports'], disableESTransforms: true });
  const module = { exports: {} };
  const require = (name: string): unknown => {
    if (name === 'chainrule') return chainrule;
    throw new Error(`The page can import only from 'chainrule', got '${name}'.`);
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running the reader's program is the point
  const run = new Function('module', 'exports', 'require', code) as (...args: unknown[]) => void;
  run(module, module.exports, require);
  return module.exports as Program;
}

expose(new EditedDemo());
