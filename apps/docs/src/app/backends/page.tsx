import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { BackendSection } from '../../components/backend-section.tsx'
import { doerWords } from '../../facts/abilities.ts'
import { reference } from '../../reference/read-reference.ts'

export const metadata: Metadata = { title: 'Backends' }

export default function Page(): ReactNode {
  return (
    <>
      <h1>Backends</h1>
      <p className="lead">
        What each one does itself (✓ {doerWords.native.toLowerCase()}), what Parley does for it (+), and what
        nobody can do there (–). The lists are written from the code, which the tests hold to them.
      </p>
      <ul className="jump">
        {reference.backends.map(({ name, title }) => (
          <li key={name}>
            <a href={`#${name}`}>{title}</a>
          </li>
        ))}
      </ul>
      {reference.backends.map((backend) => (
        <BackendSection key={backend.name} backend={backend} />
      ))}
    </>
  )
}
