import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { JSX, ReactNode } from 'react'
import { messages, parsePageLanguage, preferredLanguage } from '../i18n/messages.ts'
import { PreferencesProvider } from '../i18n/page-preferences.tsx'
import { parseTheme } from '../i18n/theme.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import '../styles/layout.css'
import '../styles/transcript.css'
import '../styles/dock.css'
import '../styles/panels.css'
import '../styles/translation.css'

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f7' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1213' },
  ],
}

export const metadata: Metadata = {
  title: messages.en.title,
  description: messages.en.tagline,
}

/** Language and appearance are known before the first byte is sent, so that nothing flashes. */
export default async function RootLayout(props: { readonly children: ReactNode }): Promise<JSX.Element> {
  const [cookieStore, headerStore] = await Promise.all([cookies(), headers()])
  const language =
    parsePageLanguage(cookieStore.get('parley-language')?.value) ??
    preferredLanguage(headerStore.get('accept-language'))
  const theme = parseTheme(cookieStore.get('parley-theme')?.value)
  return (
    <html lang={language} data-theme={theme}>
      <body>
        <PreferencesProvider language={language} theme={theme}>
          {props.children}
        </PreferencesProvider>
      </body>
    </html>
  )
}
