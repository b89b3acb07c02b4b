export const List = {
  props: ['state'],
  template: `<h1>{{ state.title }}</h1>Before <template v-if="state.isShown"><template v-for="one in state.items" :key="one.key">{{ one.label }} <iframe :src="one.src" width="400" height="300"></iframe> after </template></template>end`,
};
