import { codeOf, type I32, op, type Statement, unsigned } from './value.ts';

/** Whole-memory and atomic instructions. */
export const memory: {
  /** Copies `bytes` from `from` to `to`; the ranges may overlap. */
  copy: (to: I32, from: I32, bytes: I32) => Statement;
  fill: (to: I32, byte: I32, bytes: I32) => Statement;
} = {
  copy: (to, from, bytes) => ({ statement: to.code + from.code + bytes.code + codeOf(0xfc, 0x0a, 0, 0) }),
  fill: (to, byte, bytes) => ({ statement: to.code + byte.code + bytes.code + codeOf(0xfc, 0x0b, 0) }),
};

/** Sequentially consistent accesses to 32-bit integers, in shared memory or not. */
export const atomic: {
  load: (address: I32, offset?: number) => I32;
  store: (address: I32, value: I32, offset?: number) => Statement;
  /** Adds `value`, and returns the previous value. */
  add: (address: I32, value: I32, offset?: number) => I32;
  /** Stores `value` if the current value is `expected`. Returns the previous value. */
  compareExchange: (address: I32, expected: I32, value: I32, offset?: number) => I32;
  /** Wakes every thread that waits at the address, and returns their number. */
  notify: (address: I32, offset?: number) => I32;
} = {
  load: op.load('i32', 2, codeOf(0xfe, 0x10)),
  store: op.store<'i32'>(2, codeOf(0xfe, 0x17)),
  add: (address, value, offset = 0) => {
    const { statement } = op.store<'i32'>(2, codeOf(0xfe, 0x1e))(address, value, offset);
    return { type: 'i32', code: statement };
  },
  compareExchange: (address, expected, value, offset = 0) => ({
    type: 'i32',
    code: address.code + expected.code + value.code + codeOf(0xfe, 0x48, 2) + unsigned(offset),
  }),
  notify: (address, offset = 0) => ({
    type: 'i32',
    code: address.code + codeOf(0x41, 0x7f, 0xfe, 0x00, 2) + unsigned(offset),
  }),
};
