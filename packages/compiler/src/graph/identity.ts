const ids = new WeakMap<object, number>();
let next = 1;

/** Returns a number that identifies an object as long as it exists. */
export function identityOf(object: object): number {
  let id = ids.get(object);
  if (id === undefined) ids.set(object, (id = next++));
  return id;
}
