/** Address of a page of the documentation, which the playground's server hands out beside the page. */
export function docsAddress(page: string, section: string): string {
  return `/docs/${page}/#${section}`
}

/** Address of a whole page of the documentation. */
export function docsPage(page: string): string {
  return `/docs/${page}/`
}
