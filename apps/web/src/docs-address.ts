/** Address of a page of the documentation, which the playground's server hands out beside the page. */
export function docsAddress(page: string, section: string): string {
  return `/docs/${page}/#${section}`
}
