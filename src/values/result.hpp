// Either the value or the reason why there is none. Refusals travel this way; failures of the world are exceptions.
#pragma once

#include <utility>
#include <variant>

#include "values/check.hpp"

namespace sluice {

// Wraps a refusal so that Result<T, E> can be built from either side without ambiguity: `return Refused{reason};`
template <typename E>
struct Refused {
    E reason;
};
template <typename E>
Refused(E) -> Refused<E>;

struct Done {};

template <typename T, typename E>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    template <typename F>
    Result(Refused<F> refused) : held_(std::in_place_index<1>, std::move(refused.reason)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // REQUIRES: ok().
    const T& value() const& {
        check(ok(), "a refused result has no value");
        return std::get<0>(held_);
    }
    T&& value() && {
        check(ok(), "a refused result has no value");
        return std::get<0>(std::move(held_));
    }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }

    // REQUIRES: !ok().
    const E& refusal() const {
        check(!ok(), "a result that is there has no refusal");
        return std::get<1>(held_);
    }

private:
    std::variant<T, E> held_;
};

}  // namespace sluice
