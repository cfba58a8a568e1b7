import { StateError } from '../errors.ts';

/**
 * Methods of objects in other libraries. Each throws an error that names our equivalent. They are not part of the types.
 *
 * @param owner - the object that lacks the methods
 * @param remedies - a remedy, and the methods that it is for; NAME stands for the method's name
 * @example
 * const { add } = foreignMethods('a tensor', [['write `NAME(x, …)`', 'add sub']]);
 * try { add(); } catch (e) { console.log(e.message); } // => add: a tensor has no `add`; write `add(x, …)`
 */
export function foreignMethods(
  owner: string,
  remedies: readonly (readonly [remedy: string, names: string])[],
): Readonly<Record<string, () => never>> {
  const methods: Record<string, () => never> = {};
  for (const [remedy, names] of remedies)
    for (const name of names.split(' '))
      methods[name] = function noSuchMethod() {
        throw new StateError(`${name}: ${owner} has no \`${name}\`; ${remedy.replace('NAME', name)}`);
      };
  return methods;
}
