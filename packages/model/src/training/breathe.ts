/** The longest time without a turn of the event loop, in milliseconds: one frame. */
const longest = 16;
let last = 0;

/** Lets timers, events and finalizers run if they had no turn for a while. Await it after each step of a long loop. */
export async function breathe(): Promise<void> {
  if (performance.now() - last < longest) return;
  await nextTask();
  last = performance.now();
}

/** Waits for one turn of the event loop, without the milliseconds that browsers add to nested timers. */
function nextTask(): Promise<void> {
  const { setImmediate, MessageChannel } = globalThis as Partial<typeof globalThis>;
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve);
    else if (MessageChannel) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (port1.close(), resolve());
      port2.postMessage(0);
    } else setTimeout(resolve);
  });
}
