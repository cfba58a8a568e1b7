// The same op from the umbrella, which brings nothing else.
import { exp } from 'chainrule';

console.log(exp);
