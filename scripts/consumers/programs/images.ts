// Reads a PNG and a JPEG picture of a red and a green pixel, wherever it runs.
import { readImage } from 'chainrule/images';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQI12P4z8DA8J8BAAf/Af8Jop8XAAAAAElFTkSuQmCC';
const jpeg =
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAABAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAaEAEAAQUAAAAAAAAAAAAAAAAAAQMENHKx/8QAFAEBAAAAAAAAAAAAAAAAAAAABv/EABsRAAIBBQAAAAAAAAAAAAAAAAABAgQxM3Gx/9oADAMBAAIRAxEAPwC1ti0tI4AMyuwpU5p7fT//2Q==';
const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

const [drawn, photo] = [await readImage(bytes(png)), await readImage(bytes(jpeg))];
console.log(JSON.stringify({ drawn: [...drawn.data], photo: photo.shape }));
