// Jest does not load ES modules in CommonJS mode, so it translates the packages.
module.exports = {
  testEnvironment: 'node',
  transform: { '\\.js$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!(\\.pnpm/)?@?chainrule)'],
};
