# cmake -DGZIP=… -DFROM=… -DTO=… -P compress.cmake: the same bytes each time, without name and time.
execute_process(COMMAND ${GZIP} -9nc ${FROM} OUTPUT_FILE ${TO} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  file(REMOVE ${TO})
  message(FATAL_ERROR "gzip could not compress ${FROM}")
endif()
