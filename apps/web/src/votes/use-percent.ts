'use client'

import { useMemo } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'

/** Shares as the language writes them in percent, without decimals: votes are few. */
export function usePercent(): (share: number) => string {
  const { language } = usePreferences()
  return useMemo(() => {
    const format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
    return (share) => format.format(share)
  }, [language])
}
