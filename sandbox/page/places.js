/** Places in Thanh Hóa to choose from; centres of towns, good to about a kilometre. */

export const places = [
  ["TP Thanh Hóa", "19.8075", "105.7764"],
  ["TP Sầm Sơn", "19.7453", "105.9017"],
  ["TX Bỉm Sơn", "20.0786", "105.8603"],
  ["TX Nghi Sơn", "19.4483", "105.7703"],
  ["Thị trấn Thọ Xuân", "19.9340", "105.5190"],
  ["Thị trấn Ngọc Lặc", "20.0906", "105.3719"],
  ["Thị trấn Mường Lát", "20.5333", "104.6000"],
  ["Hà Nội (ngoài tỉnh)", "21.0285", "105.8542"],
];
