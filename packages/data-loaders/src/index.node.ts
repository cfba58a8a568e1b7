export { mnist, type MnistOptions } from './mnist.node.ts';
