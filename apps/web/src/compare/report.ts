import * as compare from '@parley/compare'
export const reportHtml = Reflect.get(compare, 'reportHtml') as (c: readonly unknown[], o: unknown) => string
