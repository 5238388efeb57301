import { catalogue } from '../i18n/catalogue'

export const useWhyText = catalogue({
  en: {
    title: 'Why this amount?', agrees: 'Computed once more just now: everything agrees.', disagrees: 'Computed once more just now: what is marked does not agree.', close: 'Close', steps: 'Every step', loading: 'Computing it once more',
    price_is: '{name} costs {price} for a full period', price_once: '{name} costs {price}', times: ', {quantity} of them', version: '({remark})',
    whole: 'The whole period of {of} days is charged: {period}.', part: '{days} of the {of} days of the full period are charged: {period}.',
    exact: 'That is {formula} = {value}.', rounded: 'That is {formula} = {value}; {remark}: {amount}.', settled: 'The amount is {amount}.', no_tax: 'No tax applies.',
    tax_on_top: '{name}, {rate} % on top: {amount}.', tax_included: '{name}, {rate} % contained in it: {amount}.', in_all: 'In all', net: 'Net', tax: 'Tax',
    credit: 'This line gives back a part of an earlier line.', discount: 'This line takes a discount off the line before it.', installment: 'This is instalment {part}.', setup_fee: 'This is charged once, when it begins.',
    strip: '{days} of {of} days are charged, from {from} to {to}',
    label: 'Step', value: 'Value', remark: 'Remark',
  },
  es: {
    title: '¿Por qué este importe?', agrees: 'Se acaba de calcular de nuevo: todo coincide.', disagrees: 'Se acaba de calcular de nuevo: lo marcado no coincide.', close: 'Cerrar', steps: 'Todos los pasos', loading: 'Calculando de nuevo',
    price_is: '{name} cuesta {price} por período completo', price_once: '{name} cuesta {price}', times: ', {quantity} unidades', version: '({remark})',
    whole: 'Se cobra el período entero de {of} días: {period}.', part: 'Se cobran {days} de los {of} días del período completo: {period}.',
    exact: 'Son {formula} = {value}.', rounded: 'Son {formula} = {value}; {remark}: {amount}.', settled: 'El importe es {amount}.', no_tax: 'No lleva impuestos.',
    tax_on_top: '{name}, {rate} % añadido: {amount}.', tax_included: '{name}, {rate} % incluido: {amount}.', in_all: 'En total', net: 'Neto', tax: 'Impuestos',
    credit: 'Esta línea devuelve una parte de una línea anterior.', discount: 'Esta línea aplica un descuento a la línea anterior.', installment: 'Es el plazo {part}.', setup_fee: 'Se cobra una vez, al comenzar.',
    strip: 'Se cobran {days} de {of} días, del {from} al {to}',
    label: 'Paso', value: 'Valor', remark: 'Nota',
  },
  ar: {
    title: 'لماذا هذا المبلغ؟', agrees: 'أُعيد الحساب للتو: كل شيء متطابق.', disagrees: 'أُعيد الحساب للتو: ما وُضعت عليه علامة غير متطابق.', close: 'إغلاق', steps: 'كل خطوة', loading: 'جارٍ إعادة الحساب',
    price_is: 'سعر {name} هو {price} للفترة الكاملة', price_once: 'سعر {name} هو {price}', times: '، الكمية {quantity}', version: '({remark})',
    whole: 'تُحتسب الفترة كاملة، وعدد أيامها {of}: {period}.', part: 'يُحتسب من أيام الفترة الكاملة {days} من أصل {of}: {period}.',
    exact: 'أي {formula} = {value}.', rounded: 'أي {formula} = {value}؛ {remark}: {amount}.', settled: 'المبلغ هو {amount}.', no_tax: 'لا تنطبق أي ضريبة.',
    tax_on_top: '{name}، {rate} % تُضاف إلى السعر: {amount}.', tax_included: '{name}، {rate} % ضمن السعر: {amount}.', in_all: 'المجموع', net: 'الصافي', tax: 'الضريبة',
    credit: 'يرد هذا البند جزءًا من بند سابق.', discount: 'يطبّق هذا البند خصمًا على البند الذي قبله.', installment: 'هذا هو القسط {part}.', setup_fee: 'يُحتسب مرة واحدة عند البدء.',
    strip: 'الأيام المحتسبة: {days} من {of}، من {from} إلى {to}',
    label: 'الخطوة', value: 'القيمة', remark: 'الملاحظة',
  },
})
