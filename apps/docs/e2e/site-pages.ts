import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** One page of the exported site. */
export interface SitePageHtml {
  /** Below the base path: `/guides/duet/`. */
  readonly path: string
  readonly elements: readonly Element[]
}

/** Every page of an exported site, parsed; what Next writes for addresses that are not there is left out. */
export function readPages(folder: string): readonly SitePageHtml[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('index.html') && !/^(404|_not-found)/.test(name))
    .map((name) => ({
      path: `/${name.split(sep).join('/').slice(0, -'index.html'.length)}`,
      elements: elementsOf(parse(readFileSync(join(folder, name), 'utf8'))),
    }))
    .toSorted((a, b) => a.path.localeCompare(b.path))
}

/** An attribute's value. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value
}

/** The words inside an element. */
export function textOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

/** Links, anchors and files that lead nowhere, each as `page -> address`. */
export function deadLinks(folder: string, basePath: string): readonly string[] {
  const pages = readPages(folder)
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`),
  )
  const anchors = new Map(
    pages.map(({ path, elements }) => [path, new Set(elements.map((each) => attribute(each, 'id')))]),
  )
  return pages.flatMap(({ path, elements }) =>
    elements
      .flatMap((element) => [attribute(element, 'href'), attribute(element, 'src')])
      .filter((address) => address !== undefined)
      .filter((address) => !leadsSomewhere(address, path))
      .map((address) => `${path} -> ${address}`),
  )

  function leadsSomewhere(address: string, from: string): boolean {
    const url = new URL(address, `http://site${basePath}${from}`)
    // The playground beside the site, and the rest of the world.
    if (url.host !== 'site' || url.pathname === '/') return true
    if (!url.pathname.startsWith(`${basePath}/`)) return false
    const path = decodeURIComponent(url.pathname.slice(basePath.length))
    if (!anchors.has(path)) return files.has(path)
    return url.hash === '' || anchors.get(path)?.has(decodeURIComponent(url.hash.slice(1))) === true
  }
}

function elementsOf(node: Node): readonly Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : []
  return 'tagName' in node ? [node, ...children] : children
}
