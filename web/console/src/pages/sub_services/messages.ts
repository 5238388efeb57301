import { catalogue } from '../../i18n/catalogue'

export const useSubServiceText = catalogue({
  en: {
    title: 'Sub-services', code: 'Code', subscriber: 'Subscriber', unit: 'Unit', service: 'Service', status: 'State', started: 'Started', billed_to: 'Billed to', next: 'Next billing', cancel_on: 'Cancelled from', price: 'Price version', started_from: 'Began from', started_to: 'Began to', cancelled_from: 'Ended from', cancelled_to: 'Ended to',
    none: 'No sub-services', none_hint: 'A sub-service is what a subscriber has of a service. It comes to be when one is sold.',
  },
  es: {
    title: 'Subservicios', code: 'Código', subscriber: 'Abonado', unit: 'Unidad', service: 'Servicio', status: 'Estado', started: 'Inicio', billed_to: 'Facturado hasta', next: 'Próxima facturación', cancel_on: 'Baja desde', price: 'Versión de precio', started_from: 'Inicio desde', started_to: 'Inicio hasta', cancelled_from: 'Fin desde', cancelled_to: 'Fin hasta',
    none: 'Ningún subservicio', none_hint: 'Un subservicio es lo que un abonado tiene de un servicio. Nace al venderlo.',
  },
  ar: {
    title: 'الخدمات الفرعية', code: 'الرمز', subscriber: 'المشترك', unit: 'الوحدة', service: 'الخدمة', status: 'الحالة', started: 'البداية', billed_to: 'مفوترة إلى', next: 'الفوترة التالية', cancel_on: 'الإلغاء من', price: 'نسخة السعر', started_from: 'بدأت من', started_to: 'بدأت إلى', cancelled_from: 'انتهت من', cancelled_to: 'انتهت إلى',
    none: 'لا توجد خدمات فرعية', none_hint: 'الخدمة الفرعية هي ما للمشترك من خدمة. وتنشأ عند بيعها.',
  },
})
