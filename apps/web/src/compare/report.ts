/** The report comes when it is asked for: it carries a page of its own. */
export { reportHtml } from '@parley/compare'
