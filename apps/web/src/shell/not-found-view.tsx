'use client'

import Link from 'next/link'
import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { Shell } from './shell.tsx'
import { viewNames, views } from './views.ts'

/** An address that leads nowhere, with the ways to everything that is there. */
export function NotFoundView(): JSX.Element {
  const { shell } = usePreferences().text
  const { notFound: text } = shell
  return (
    <Shell title={text.window} main="not-found">
      <main className="not-found" id="not-found" tabIndex={-1} data-testid="not-found">
        <h1>{text.title}</h1>
        <p>{text.text}</p>
        <ul>
          {viewNames.map((name) => (
            <li key={name}>
              <Link className="button" href={views[name]} prefetch={false}>
                {shell.views[name]}
              </Link>
            </li>
          ))}
        </ul>
      </main>
    </Shell>
  )
}
