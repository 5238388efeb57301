import { catalogue } from '../../i18n/catalogue'

export const useActionText = catalogue({
  en: {
    cancel: 'Not now', preview: 'What it charges', now: 'now', then: 'Next billing', nothing: 'Nothing is charged or credited.',
    nothing_now: 'Nothing is charged now.', tax: 'Tax', total: 'Total', total_now: 'Charged now',
    lines: { one: '{count} line', other: '{count} lines' }, working_out: 'Working it out…', close: 'Close', days: '{days} of {of} days', late: 'waits for a bill run', refused: { one: '{count} would be refused', other: '{count} would be refused' },
  },
  es: {
    cancel: 'Ahora no', preview: 'Lo que se cobra', now: 'ahora', then: 'Siguiente factura', nothing: 'No se cobra ni se abona nada.',
    nothing_now: 'Ahora no se cobra nada.', tax: 'Impuestos', total: 'Total', total_now: 'Se cobra ahora',
    lines: { one: '{count} línea', other: '{count} líneas' }, working_out: 'Calculando…', close: 'Cerrar', days: '{days} de {of} días', late: 'espera un ciclo de facturación', refused: { one: '{count} se rechazaría', other: '{count} se rechazarían' },
  },
  ar: {
    cancel: 'ليس الآن', preview: 'ما يُحتسب', now: 'الآن', then: 'الفوترة التالية', nothing: 'لا يُحتسب شيء ولا يُقيَّد شيء لصالح المشترك.',
    nothing_now: 'لا يُحتسب شيء الآن.', tax: 'الضريبة', total: 'الإجمالي', total_now: 'يُحتسب الآن',
    lines: { zero: 'لا بنود', one: 'بند واحد', two: 'بندان', few: '{count} بنود', many: '{count} بندًا', other: '{count} بند' }, working_out: 'جارٍ الحساب…', close: 'إغلاق', days: 'الأيام: {days} من {of}', late: 'ينتظر دورة فوترة', refused: { zero: 'لن يُرفض أي طلب', one: 'سيُرفض طلب واحد', two: 'سيُرفض طلبان', few: 'ستُرفض {count} طلبات', many: 'سيُرفض {count} طلبًا', other: 'سيُرفض {count} طلب' },
  },
})
