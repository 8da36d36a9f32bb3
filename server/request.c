#include "server/request.h"

const char *request_parameter(const struct request *request, const char *name) {
    for (size_t i = 0; i < request->target.parameter_count; i++) {
        const struct target_parameter *parameter = &request->target.parameters[i];
        if (target_parameter_is(parameter, name)) return parameter->value;
    }
    return NULL;
}
