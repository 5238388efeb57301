import { catalogue } from '../../../i18n/catalogue'

export const usePaysText = catalogue({
  en: { pays: 'Pays {number}' },
  es: { pays: 'Paga {number}' },
  ar: { pays: 'يسدد {number}' },
})
