import type { Demo } from './demo.ts';
import type { Settings } from './program.ts';

/** The demo as a program for Node that prints the logs of each step: the same numbers as in the page. */
export function copyProgram(demo: Demo, source: string, settings: Settings, data: unknown, steps: number): string {
  const given = data === undefined ? '' : `, ${JSON.stringify(data)}`;
  return `// ${demo.title}, from the documentation of Chainrule.
// npm install chainrule tsx && npx tsx ${demo.name}.mts
${source.trim()}

const run = await start(${JSON.stringify(settings, undefined, 2)}${given});
for (let n = 0; n < ${steps}; n++) console.log(n + 1, JSON.stringify(await run.step(n)));
`;
}
