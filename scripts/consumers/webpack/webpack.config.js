export default {
  mode: 'production',
  target: 'web',
  entry: ['./umbrella.js', './images.js', './page.js'],
  performance: { hints: false },
};
