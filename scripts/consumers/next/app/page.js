// A server component: it trains where it is rendered.
import '../umbrella.js';
import { Training } from './training.js';

export default function Page() {
  return <Training />;
}
