import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SiteNav } from '../components/site-nav.tsx'
import './docs.css'
import './tables.css'

export const metadata: Metadata = {
  title: { default: 'Parley', template: '%s · Parley' },
  description: 'One endpoint for every realtime voice backend, and it remembers.',
}

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to the page
        </a>
        <div className="site">
          <header className="site-head">
            <p className="site-name">Parley</p>
            <SiteNav />
          </header>
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
      </body>
    </html>
  )
}
