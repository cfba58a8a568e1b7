import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import PackageTable from '../../src/components/PackageTable.vue';
import Demo from '../../src/components/Demo.vue';
import 'temml/dist/Temml-Local.css';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('Demo', Demo);
    app.component('PackageTable', PackageTable);
  },
} satisfies Theme;
