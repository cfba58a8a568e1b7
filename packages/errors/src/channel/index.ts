// `@chainrule/errors/channel`: calls between threads, whose errors keep their classes.
export {
  aPort,
  Caller,
  type CallerOptions,
  type MessageTarget,
  ownPort,
  type Request,
  type Sent,
  serve,
} from './channel.ts';
