// The same op from the umbrella, which brings the backend and nothing else.
import { exp } from 'chainrule';

console.log(exp);
