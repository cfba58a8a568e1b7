import type { Component } from 'vue';
import type { Settings } from './program.ts';

/** How a reader sets a number, a choice or a switch. */
export type Control =
  | {
      readonly kind: 'number';
      readonly label: string;
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step: number;
    }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly default: string | number;
      readonly choices: readonly (string | number)[];
    }
  | { readonly kind: 'switch'; readonly label: string; readonly default: boolean };

/** The controls of a demo, in the order of the page. */
export type Controls<S extends { seed: number }> = { readonly [K in Exclude<keyof S, 'seed'>]: Control };

/** A demo: its program, what a reader may set, and what the page shows. */
export interface Demo {
  /** The name in URLs and in the reader's storage. */
  readonly name: string;
  readonly title: string;
  /** The text of `program.ts`, which the page shows and the worker runs. */
  readonly source: string;
  /** The same as HTML, in colors: `program.ts?highlighted`. */
  readonly highlighted: string;
  readonly controls: Readonly<Record<string, Control>>;
  /** What `step` returns, and the title of each curve. Curves of one group share an axis. */
  readonly curves: Readonly<Record<string, CurveOptions>>;
  /** The step after which the training ends. */
  readonly steps: number;
  /** The most steps per second. By default, the demo trains as fast as it can. */
  readonly pace?: number;
  /** Starts the demo's worker. */
  worker(): Worker;
  /** The pictures and inputs below the curves. */
  readonly view: Component;
}

export interface CurveOptions {
  readonly label: string;
  /** Curves of one group share a plot and its axis. */
  readonly group: string;
  readonly format?: 'number' | 'percent';
  /** The scale of the plot, by default linear. A logarithmic one has room for positive numbers only. */
  readonly scale?: 'linear' | 'log';
  /** Which of the six colors; by default each curve of a plot has another. */
  readonly color?: number;
  readonly dashed?: boolean;
}

/** A vertical line in the curves. */
export interface CurveMark {
  /** The step, from 1. */
  readonly at: number;
  readonly label: string;
  /** The color's number, as in {@link CurveOptions}. */
  readonly color: number;
}

/** The seed and the default of every control. */
export function defaultsOf({ controls }: Demo): Settings {
  const values = Object.entries(controls).map(([name, control]) => [name, control.default] as const);
  return { seed: 1, ...Object.fromEntries(values) };
}

/** A setting from a text, such as a part of a URL; undefined if the control does not allow it. */
export function settingFrom(control: Control | undefined, text: string): Settings[string] | undefined {
  if (control?.kind === 'switch') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (control?.kind === 'choice') return control.choices.find((choice) => `${choice}` === text);
  const value = text.trim() === '' ? NaN : Number(text);
  if (!control) return Number.isSafeInteger(value) && value >= 0 ? value : undefined; // the seed
  return value >= control.min && value <= control.max ? value : undefined;
}

/** The settings that a query such as `?digits.seed=2` holds, and the defaults for the rest. */
export function settingsFromQuery(demo: Demo, query: string): Settings {
  const given = new URLSearchParams(query);
  const defaults = defaultsOf(demo);
  const entries = Object.entries(defaults).map(([name, value]) => {
    const text = given.get(`${demo.name}.${name}`);
    const parsed = text === null ? undefined : settingFrom(demo.controls[name], text);
    return [name, parsed ?? value] as const;
  });
  return Object.fromEntries(entries) as Settings;
}

/** The query with the settings of this demo that are not the defaults; other parts of the query stay. */
export function queryWith(demo: Demo, settings: Settings, query: string): string {
  const given = new URLSearchParams(query);
  for (const [name, value] of Object.entries(defaultsOf(demo))) {
    const key = `${demo.name}.${name}`;
    if (settings[name] === value) given.delete(key);
    else given.set(key, `${settings[name]}`);
  }
  const text = given.toString();
  return text && `?${text}`;
}
