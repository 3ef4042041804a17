'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

const pages = [
  { path: '/', title: 'Start' },
  { path: '/backends', title: 'Backends' },
  { path: '/connect', title: 'Connect a client' },
  { path: '/settings', title: 'Settings' },
  { path: '/voices', title: 'Voices' },
  { path: '/translation', title: 'Translation' },
  { path: '/duet', title: 'Duet' },
  { path: '/dialects', title: 'Dialects' },
  { path: '/parity', title: 'Parity' },
] as const

/** The pages of the site; the one that is open is marked. */
export function SiteNav(): ReactNode {
  const current = usePathname().replace(/\/$/, '') || '/'
  return (
    <nav className="site-nav" aria-label="Pages">
      <ul>
        {pages.map(({ path, title }) => (
          <li key={path}>
            <Link href={path} aria-current={path === current ? 'page' : undefined}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
