import { catalogue } from '../../i18n/catalogue'

export const useKeptText = catalogue({
  en: { gone: 'The single differences are no longer kept', gone_hint: 'They are kept for 400 days. What they were together, and why, stays above.' },
  es: { gone: 'Las diferencias una a una ya no se guardan', gone_hint: 'Se guardan 400 días. Lo que eran en total, y por qué, sigue arriba.' },
  ar: { gone: 'لم تعد الفروق المفردة محفوظة', gone_hint: 'تُحفظ 400 يوم. أما مجموعها وأسبابها فتبقى أعلاه.' },
})
