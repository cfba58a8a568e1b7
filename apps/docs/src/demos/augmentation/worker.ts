import { serveDemo } from '../../demo/serveDemo.ts';
import { questions } from './inspect.ts';
import * as program from './program.ts';

serveDemo(program, questions);
