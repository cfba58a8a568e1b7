const ids = new WeakMap<object, number>();
let next = 1;

/** A number for an object, the same for as long as it lives. */
export function identityOf(object: object): number {
  let id = ids.get(object);
  if (id === undefined) ids.set(object, (id = next++));
  return id;
}
