// Reads a table and scales a column.
import { readCsv, standardScaler } from '@chainrule/data-loaders';

console.log(standardScaler(readCsv('age\n20\n40').tensor(['age'])));
