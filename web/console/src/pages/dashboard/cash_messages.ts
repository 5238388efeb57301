import { catalogue } from '../../i18n/catalogue'

export const useCashText = catalogue({
  en: {
    title: 'Cash of {month}', about: 'What came in less what went out. Payments between subscribers and out of wallets are in neither.',
    came_in: 'Came in', went_out: 'Went out', cash: 'Cash', what: 'What', amount: 'Amount', close: 'Close',
    payments: { one: '{count} payment', other: '{count} payments' }, backs: { one: '{count} refund or charge-back', other: '{count} refunds and charge-backs' },
    more_than_once: 'The list behind what went out is one of payments: one that went back more than once stands there once.',
  },
  es: {
    title: 'Caja de {month}', about: 'Lo que entró menos lo que salió. Los pagos entre abonados y desde monederos no cuentan.',
    came_in: 'Entró', went_out: 'Salió', cash: 'Caja', what: 'Qué', amount: 'Importe', close: 'Cerrar',
    payments: { one: '{count} pago', other: '{count} pagos' }, backs: { one: '{count} devolución', other: '{count} devoluciones' },
    more_than_once: 'La lista de lo que salió es de pagos: uno devuelto más de una vez aparece una vez.',
  },
  ar: {
    title: 'النقد في {month}', about: 'ما دخل ناقص ما خرج. المدفوعات بين المشتركين ومن المحافظ ليست في أيٍّ منهما.',
    came_in: 'دخل', went_out: 'خرج', cash: 'النقد', what: 'ماذا', amount: 'المبلغ', close: 'إغلاق',
    payments: { zero: 'لا دفعات', one: 'دفعة واحدة', two: 'دفعتان', few: '{count} دفعات', many: '{count} دفعة', other: '{count} دفعة' },
    backs: { zero: 'لا ردود', one: 'ردّ واحد', two: 'ردّان', few: '{count} ردود', many: '{count} ردًّا', other: '{count} رد' },
    more_than_once: 'القائمة خلف ما خرج هي قائمة مدفوعات: ما رُدّ أكثر من مرة يظهر فيها مرة واحدة.',
  },
})
