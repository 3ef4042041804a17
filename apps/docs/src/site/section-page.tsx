import { Fragment, type ReactNode } from 'react'
import { PageFrame, type PageFrameProps } from './page-frame.tsx'

/** A part of a page below its own heading. */
export interface PageSection {
  readonly id: string
  readonly title: string
  /** 2 unless said. */
  readonly level?: 2 | 3
  readonly body: ReactNode
}

/** A page made of sections: the table of contents and the headings are of one piece. */
export function SectionPage(
  props: Omit<PageFrameProps, 'headings' | 'children'> & {
    readonly sections: readonly PageSection[]
    readonly children?: ReactNode
  },
): ReactNode {
  const { sections, children, ...frame } = props
  return (
    <PageFrame {...frame} headings={sections.map(({ id, title, level = 2 }) => ({ id, title, level }))}>
      {children}
      {sections.map(({ id, title, level = 2, body }) => (
        <Fragment key={id}>
          {level === 2 ? <h2 id={id}>{title}</h2> : <h3 id={id}>{title}</h3>}
          {body}
        </Fragment>
      ))}
    </PageFrame>
  )
}
