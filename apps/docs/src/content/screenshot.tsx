import type { ReactNode } from 'react'

/** Views of the playground that there are pictures of; a command takes them. */
const views = [
  'playground',
  'voices',
  'compare-live',
  'compare',
  'runs',
  'run',
  'two-runs',
  'votes',
  'listen',
] as const

const themes = ['light', 'dark'] as const

/** Below this width the picture of a phone says more, px. */
const phoneWidth = 600

/** A picture of a view in the reader's theme; `alt` says what is seen. The files come with the export. */
export function Screenshot({ view, alt }: { readonly view: string; readonly alt: string }): ReactNode {
  if (!views.some((known) => known === view)) throw new Error(`There is no picture of ${view}.`)
  const address = (theme: string, size: string): string => `/docs/screenshots/${view}-${theme}-${size}.png`
  return (
    <p className="screenshot">
      {themes.map((theme) => (
        <picture key={theme} className={`in-${theme}`}>
          <source
            media={`(width < ${phoneWidth}px)`}
            srcSet={address(theme, 'phone')}
            width={390}
            height={844}
          />
          <img src={address(theme, 'desktop')} alt={alt} width={1440} height={900} loading="lazy" />
        </picture>
      ))}
    </p>
  )
}
