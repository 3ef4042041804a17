/** The views of the page with their addresses, in the order of the navigation. */
export const views = {
  talk: '/',
  compare: '/compare',
  runs: '/runs',
  votes: '/votes',
  listen: '/listen',
} as const

/** Name of a view. */
export type ViewName = keyof typeof views

/** Names of the views in the order of the navigation. */
export const viewNames: readonly ViewName[] = ['talk', 'compare', 'runs', 'votes', 'listen']
